"""Where a platform answers and keeps its data (数据与服务器所在地): what each kind of evidence says, and what follows from all of them."""
