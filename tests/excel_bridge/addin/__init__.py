"""Tests of the add-in; see the module of each."""
