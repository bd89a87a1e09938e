// Command check judges a log as others would: with the packages of Go's own checksum database, and
// with none of our code. It reads a folder laid out as C2SP's tlog-tiles says.
//
//	check log VKEY FOLDER [OLDER-CHECKPOINT]
//	check proof VKEY PROOF ENTRY
//
// It prints what it found and ends with 0, or says what is wrong and ends with 1.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	width  = 1 << height
	// So many entries are proved one by one; of a greater log, this many are drawn.
	sample = 1024
)

func main() {
	if len(os.Args) < 5 && !(len(os.Args) == 4 && os.Args[1] == "log") {
		fmt.Fprintln(os.Stderr, "check log VKEY FOLDER [OLDER-CHECKPOINT]\ncheck proof VKEY PROOF ENTRY")
		os.Exit(2)
	}
	var err error
	if os.Args[1] == "proof" {
		err = checkProof(os.Args[2], os.Args[3], os.Args[4])
	} else {
		err = checkLog(os.Args[2], os.Args[3], os.Args[4:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// openCheckpoint reads a checkpoint that the key has signed.
func openCheckpoint(vkey string, signed []byte) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("no checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func checkLog(vkey, folder string, older []string) error {
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(vkey, signed)
	if err != nil {
		return err
	}
	entries, err := readEntries(folder, tree.N)
	if err != nil {
		return err
	}
	if err := checkTiles(folder, tree, entries); err != nil {
		return err
	}
	if tree.N == 0 {
		if tree.Hash != tlog.Hash(sha256.Sum256(nil)) {
			return fmt.Errorf("the root of an empty log is another")
		}
	} else if err := checkRecords(tree, entries, tlog.TileHashReader(tree, tiles(folder))); err != nil {
		return err
	}
	for _, name := range older {
		if err := checkOlder(vkey, name, folder, tree); err != nil {
			return err
		}
	}
	fmt.Printf("%d entries\n", tree.N)
	return nil
}

// readEntries takes the entry bundles apart.
func readEntries(folder string, size int64) ([][]byte, error) {
	var entries [][]byte
	for n := int64(0); n*width < size; n++ {
		tile := tlog.Tile{H: height, L: -1, N: n, W: width}
		if size-n*width < width {
			tile.W = int(size - n*width)
		}
		bundle, err := os.ReadFile(filepath.Join(folder, tilePath(tile)))
		if err != nil {
			return nil, err
		}
		for i := 0; i < tile.W; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s ends within an entry", tilePath(tile))
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			entries = append(entries, bundle[2:end])
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("%s holds more than %d entries", tilePath(tile), tile.W)
		}
	}
	return entries, nil
}

// checkTiles computes every tile from the entries alone, and compares it with the file.
func checkTiles(folder string, tree tlog.Tree, entries [][]byte) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for i, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, reader)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
	}
	if tree.N > 0 {
		root, err := tlog.TreeHash(tree.N, reader)
		if err != nil {
			return err
		}
		if root != tree.Hash {
			return fmt.Errorf("the entries have another root than the checkpoint")
		}
	}
	for _, tile := range required(tree.N) {
		expected, err := tlog.ReadTileData(tile, reader)
		if err != nil {
			return err
		}
		found, err := os.ReadFile(filepath.Join(folder, tilePath(tile)))
		if err != nil {
			return err
		}
		if !bytes.Equal(expected, found) {
			return fmt.Errorf("%s holds other hashes", tilePath(tile))
		}
	}
	return nil
}

// required names the tiles of a tree, each as wide as it is.
func required(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for level := 0; size > 0; level, size = level+1, size>>height {
		for n := int64(0); n*width < size; n++ {
			tile := tlog.Tile{H: height, L: level, N: n, W: width}
			if size-n*width < width {
				tile.W = int(size - n*width)
			}
			tiles = append(tiles, tile)
		}
	}
	return tiles
}

// checkRecords proves that entries are included, from tiles that the root authenticates.
func checkRecords(tree tlog.Tree, entries [][]byte, reader tlog.HashReader) error {
	for drawn := int64(0); drawn < tree.N && drawn < sample; drawn++ {
		at := drawn
		if tree.N > sample {
			at = rand.Int63n(tree.N)
		}
		proof, err := tlog.ProveRecord(tree.N, at, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, at, tlog.RecordHash(entries[at])); err != nil {
			return fmt.Errorf("entry %d: %w", at, err)
		}
	}
	return nil
}

// checkOlder proves that the log grew from what it was.
func checkOlder(vkey, name, folder string, tree tlog.Tree) error {
	signed, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	older, err := openCheckpoint(vkey, signed)
	if err != nil || older.N == 0 {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, older.N, tlog.TileHashReader(tree, tiles(folder)))
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash)
}

// checkProof judges a text of C2SP's tlog-proof.
func checkProof(vkey, proofName, entryName string) error {
	text, err := os.ReadFile(proofName)
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(entryName)
	if err != nil {
		return err
	}
	head, signed, _ := strings.Cut(string(text), "\n\n")
	tree, err := openCheckpoint(vkey, []byte(signed))
	if err != nil {
		return err
	}
	lines := strings.Split(head, "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return fmt.Errorf("no tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		data, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(data) != tlog.HashSize {
			return fmt.Errorf("a line of the proof is no hash")
		}
		proof = append(proof, *(*tlog.Hash)(data))
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return err
	}
	fmt.Printf("entry %d of %d\n", index, tree.N)
	return nil
}

// tiles reads tiles from files.
type tiles string

func (folder tiles) Height() int { return height }

func (folder tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(string(folder), tilePath(tile)))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func (folder tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// tilePath is C2SP's path of a tile, which leaves the height out and calls the data entries.
func tilePath(tile tlog.Tile) string {
	path := "tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}
