"""The record of acts: who did what to which thing, chained so that a change is noticed."""
