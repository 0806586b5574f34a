"""Certification: a body decides on a laboratory's sealed test report, issues a certificate, and keeps a register of them."""
