/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads the kernel's name for an address, and judges whether it is the wanted symbol.
 * Pure text, no kernel state. Compiles in user space too (tests/unit).
 */
#ifndef ZREAP_SYMBOL_H
#define ZREAP_SYMBOL_H

/**
 * enum symbol_verdict - what is at an address
 * @SYMBOL_FITS: the wanted symbol of the kernel itself
 * @SYMBOL_UNNAMED: nothing that has a name, or a text that is not of the known form
 * @SYMBOL_OTHER: another symbol
 * @SYMBOL_OF_MODULE: a symbol of the wanted name, in a module
 * @SYMBOL_INSIDE: the wanted symbol, but the address is too far behind its start
 */
enum symbol_verdict {
	SYMBOL_FITS,
	SYMBOL_UNNAMED,
	SYMBOL_OTHER,
	SYMBOL_OF_MODULE,
	SYMBOL_INSIDE
};

/**
 * symbol_judge() - whether an address is that of a symbol
 * @text: what sprint_symbol() gives for the address: "NAME+0xOFFSET/0xSIZE", and
 *	" [MODULE]" behind that for a symbol of a module; terminated
 * @name: the symbol that is wanted
 * @most: how many bytes behind the symbol's start the address may be
 * @offset: set to how many it is, for SYMBOL_FITS and SYMBOL_INSIDE
 *
 * A text of any other form gives SYMBOL_UNNAMED: zreap does not rely on it.
 *
 * Context: any.
 * Return: the verdict.
 */
enum symbol_verdict symbol_judge(const char *text, const char *name, unsigned long most,
				 unsigned long *offset);

#endif
