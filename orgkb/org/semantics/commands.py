r"""LaTeX commands that are taken for LaTeX in running text; any other `\name` is text."""

from __future__ import annotations

_WITH_ARGUMENT = """
frac dfrac tfrac cfrac sqrt binom dbinom tbinom text textbf textit textrm texttt textsf textsc emph underline
overline underbrace overbrace hat widehat tilde widetilde bar vec dot ddot acute grave check breve mathring
overrightarrow overleftarrow overset underset stackrel substack mathbb mathbf mathcal mathfrak mathit mathrm
mathscr mathsf mathtt boldsymbol bm operatorname phantom hphantom vphantom boxed cancel color textcolor tag
pmod pod xrightarrow xleftarrow ref eqref pageref label cite citep citet autocite parencite textcite footcite
autoref cref url href footnote unit qty num si SI ce hspace vspace
"""
_ALONE = """
LaTeX TeX LaTeXe dots ldots cdots vdots ddots quad qquad displaystyle textstyle limits nolimits left right
lim limsup liminf sup inf max min arg argmax argmin log ln lg exp sin cos tan cot sec csc arcsin arccos arctan
sinh cosh tanh coth det dim ker deg gcd hom Pr bmod mod sum prod coprod int iint iiint oint bigcup bigcap
bigoplus bigotimes bigvee bigwedge infty partial nabla forall exists nexists emptyset varnothing
implies impliedby iff to gets mapsto longrightarrow longleftarrow Longrightarrow Longleftarrow
longleftrightarrow Longleftrightarrow longmapsto hookrightarrow hookleftarrow rightharpoonup leadsto
leq geq neq leqslant geqslant ll gg approx approxeq equiv cong sim simeq propto doteq prec succ preceq succeq
subset supset subseteq supseteq subsetneq supsetneq sqsubseteq nsubseteq notin ni models vdash dashv perp
parallel mid nmid cup cap setminus smallsetminus times div cdot ast star circ bullet pm mp oplus otimes odot
wedge vee land lor lnot neg top bot langle rangle lceil rceil lfloor rfloor lVert rVert lvert rvert Vert
aleph hbar ell Re Im wp imath jmath angle triangle therefore because prime dagger ddagger square blacksquare
ldotp qed
"""

WITH_ARGUMENT = frozenset(_WITH_ARGUMENT.split())
r"""Only with an argument in braces: `\frac{1}{2}`; bare they are names (`images\text\bar`)."""
ALONE = frozenset(_ALONE.split())
"""Commands that mean something without an argument; many are also Org entities."""
