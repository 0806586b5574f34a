"""The data items (数据项) that a trading platform exchanges: 53 objects, 591 fields, their codes and how they agree with one another."""
