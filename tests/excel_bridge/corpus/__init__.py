"""Hundreds of workbooks, made on the fly, into each of which one number is written."""
