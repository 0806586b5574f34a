"""The SM algorithms (国密): SM2 signatures over SM3, the certificates and the signed messages that carry them.

SM2 is OpenSSL's work, by its command; SM3 is that of ``cryptography``. Neither is a certified module, and no report may say so. What
carries a signature (GB/T 35275, GM/T 0015) is read by ``asn1crypto``. SM2 encryption, SM4 and TLCP are not read here.
"""
