"""How a question is asked: WTForms reads and shows what a person types, and judges nothing."""
