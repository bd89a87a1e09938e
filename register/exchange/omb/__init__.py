"""The inventories of the United States."""
