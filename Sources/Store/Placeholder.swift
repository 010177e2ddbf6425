import GRDB

enum StorePlaceholder {}
