"""Tests of Stavaza."""
