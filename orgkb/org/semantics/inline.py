"""Objects as they are exported: macros replaced, options obeyed, false markup turned back into text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from orgkb.diagnostics import Report
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.limits import OBJECT_DEPTH
from orgkb.org.objects import parse_string
from orgkb.org.semantics import markup, mathtext, text_commands
from orgkb.org.semantics.babel import Exports
from orgkb.org.semantics.macros import Macros
from orgkb.org.semantics.options import ExportOptions

Objects = tuple[n.Object, ...]
T = TypeVar("T", bound=n.Object)


class Inline:
    """Rewrites the object strings of one document; what does not change is returned as it is."""

    def __init__(self, document: Document, options: ExportOptions, exports: Exports, report: Report) -> None:
        self.macros = Macros(document, options, report)
        self.headline: n.Headline | None = None
        """The headline whose title or section is being rewritten."""
        self._file = document.text
        self._text = document.text  # the text that places refer to: inside a macro, its expansion
        self._options = options
        self._exports = exports
        self._outer: tuple[str, ...] = ()  # the macros being expanded
        self._place = 0  # of the outermost of them
        self._depth = 0
        self._formulas: bool | None = None
        self._rules: dict[type[n.Node], Callable[[Any], n.Object | Objects]] = {
            n.Bold: self._markup,
            n.Italic: self._markup,
            n.Underline: self._markup,
            n.StrikeThrough: self._markup,
            n.Code: self._literal,
            n.Verbatim: self._literal,
            n.Subscript: self._script,
            n.Superscript: self._script,
            n.Entity: self._entity,
            n.LatexFragment: self._latex,
            n.Macro: self._macro,
            n.Link: self._with_children,
            n.RadioTarget: self._with_children,
            n.FootnoteReference: self._footnote,
            n.Citation: self._citation,
            # `call_user_func()` is far more often a function than a call to run.
            n.InlineBabelCall: self._as_written,
        }
        if not options.statistics:
            self._rules[n.StatisticsCookie] = _nothing

    def rewrite(self, objects: Objects) -> Objects:
        """OBJECTS as exported."""
        for obj in objects:
            if type(obj) is not n.Text:
                objects = self._rewrite(objects)
                break
        return _with_breaks(objects) if self._options.preserve_breaks else objects

    def _rewrite(self, objects: Objects) -> Objects:
        self._depth += 1
        out: list[n.Object] = []
        rules = self._rules
        hidden = self._hidden_code(objects)
        changed = bool(hidden)
        for place, obj in enumerate(objects):
            rule = rules.get(type(obj))
            if rule is None and place not in hidden:
                out.append(obj)
                continue
            new = rule(obj) if rule is not None and place not in hidden else ()
            if new is obj:
                out.append(obj)
                continue
            changed = True
            if isinstance(new, tuple):
                out += new
            else:
                out.append(new)
        self._depth -= 1
        return _joined(out) if changed else objects

    # --- the kinds of objects ---

    def _markup(self, node: n.Markup) -> n.Object | Objects:
        if not self._options.emphasis or markup.markup_is_text(node, self._text):
            return self._unwrapped(node, node.children)
        return self._with_children(node)

    def _script(self, node: n.Script) -> n.Object | Objects:
        if markup.script_is_text(node, self._text, self._options.scripts):
            return self._unwrapped(node, node.children)
        return self._with_children(node)

    def _literal(self, node: n.Code | n.Verbatim) -> n.Object:
        return self._as_written(node) if markup.literal_is_text(node, self._file) else node

    def _entity(self, node: n.Entity) -> n.Object:
        if not self._options.entities or mathtext.entity_is_text(node, self._text):
            return self._as_written(node)
        return node

    def _latex(self, node: n.LatexFragment) -> n.Object | Objects:
        if not self._options.latex:
            return ()
        if self._options.latex != "verbatim" and (said := text_commands.as_org(node)) is not None:
            return said
        if self._formulas is None:
            self._formulas = mathtext.has_formulas(self._file)
        if self._options.latex == "verbatim" or mathtext.fragment_is_text(node, self._text, formulas=self._formulas):
            return self._as_written(node)
        return node

    def _footnote(self, node: n.FootnoteReference) -> n.Object | Objects:
        if not self._options.footnotes:
            return ()
        if node.children is None:
            return node
        children = self._rewrite(node.children)
        return node if children is node.children else msgspec.structs.replace(node, children=children)

    def _citation(self, node: n.Citation) -> n.Object:
        references = tuple(
            msgspec.structs.replace(ref, prefix=self.rewrite(ref.prefix), suffix=self.rewrite(ref.suffix))
            for ref in node.children
        )
        return msgspec.structs.replace(
            node, prefix=self.rewrite(node.prefix), children=references, suffix=self.rewrite(node.suffix)
        )

    def _macro(self, node: n.Macro) -> n.Object | Objects:
        place = node.begin if not self._outer else self._place
        text = None
        if self._depth <= OBJECT_DEPTH:
            text = self.macros.expand(node, self.headline, self._outer, place)
        if text is None:
            return self._as_written(node)
        held = self._text, self._outer, self._place
        self._text, self._outer, self._place = text, (*self._outer, node.key), place
        objects = self._rewrite(parse_string(text))
        self._text, self._outer, self._place = held
        return tuple(_placed(obj, node.begin, node.end) for obj in objects)

    # --- tools ---

    def _with_children(self, node: T) -> T:
        children: Objects = node.children  # type: ignore[attr-defined] # only called for nodes that have them
        new = self.rewrite(children)
        return node if new is children else msgspec.structs.replace(node, children=new)

    def _as_written(self, node: n.Object) -> n.Text:
        return n.Text(node.begin, node.end, self._text[node.begin : node.end])

    def _unwrapped(self, node: n.Object, children: Objects) -> Objects:
        """The signs around CHILDREN as text again, with CHILDREN between them."""
        if not children:
            return (self._as_written(node),)
        first, last = children[0].begin, children[-1].end
        opening = n.Text(node.begin, first, self._text[node.begin : first])
        if last == node.end:
            return (opening, *self.rewrite(children))
        return (opening, *self.rewrite(children), n.Text(last, node.end, self._text[last : node.end]))

    def _hidden_code(self, objects: Objects) -> set[int]:
        """Positions of inline code and of its `{{{results(…)}}}` that `:exports` hides."""
        hidden: set[int] = set()
        for place, obj in enumerate(objects):
            if type(obj) is n.InlineSrcBlock or type(obj) is n.InlineBabelCall:
                results = _results_after(objects, place)
                code_shown, results_shown = results is None, True
                if isinstance(obj, n.InlineSrcBlock):
                    code_shown, results_shown = self._exports.inline(
                        obj, self.headline, has_results=results is not None
                    )
                if not code_shown:
                    hidden.add(place)
                if results is not None and not results_shown:
                    hidden.add(results)
        return hidden


def _nothing(_node: n.Object) -> Objects:
    return ()


def _results_after(objects: Objects, place: int) -> int | None:
    """Position of the `{{{results(…)}}}` right after the inline code at PLACE."""
    for later in range(place + 1, min(place + 3, len(objects))):
        obj = objects[later]
        if isinstance(obj, n.Macro) and obj.key == "results":
            return later
        if not (isinstance(obj, n.Text) and not obj.value.strip()):
            break
    return None


def _joined(objects: list[n.Object]) -> Objects:
    """OBJECTS with neighbouring texts made one; texts from macros, whose length is not their span's, stay apart."""
    out: list[n.Object] = []
    run: list[n.Text] = []
    for obj in objects:
        if type(obj) is n.Text and len(obj.value) == obj.end - obj.begin and (not run or run[-1].end == obj.begin):
            run.append(obj)
            continue
        _flush(run, out)
        if type(obj) is n.Text and len(obj.value) == obj.end - obj.begin:
            run.append(obj)
        else:
            out.append(obj)
    _flush(run, out)
    return tuple(out)


def _flush(run: list[n.Text], out: list[n.Object]) -> None:
    if len(run) == 1:
        out.append(run[0])
    elif run:
        out.append(n.Text(run[0].begin, run[-1].end, "".join(text.value for text in run)))
    run.clear()


def _placed(obj: T, begin: int, end: int) -> T:
    """OBJ and all in it at text[begin:end]: what a macro makes stands where the macro stands."""
    changes: dict[str, Any] = {"begin": begin, "end": end}
    for field in (*obj.SECONDARY, "children"):
        inner = getattr(obj, field, None)
        if inner:
            changes[field] = tuple(_placed(child, begin, end) for child in inner)
    return msgspec.structs.replace(obj, **changes)


def _with_breaks(objects: Objects) -> Objects:
    r"""OBJECTS with a line break for each line end inside (option `\n`)."""
    out: list[n.Object] = []
    for place, obj in enumerate(objects):
        if not isinstance(obj, n.Text) or "\n" not in obj.value or len(obj.value) != obj.end - obj.begin:
            out.append(obj)
            continue
        begin = 0
        body = obj.value if place < len(objects) - 1 else obj.value.rstrip("\n")
        for line in body.split("\n")[:-1]:
            end = begin + len(line)
            if line:
                out.append(n.Text(obj.begin + begin, obj.begin + end, line))
            if out and not isinstance(out[-1], n.LineBreak):
                out.append(n.LineBreak(obj.begin + end, obj.begin + end + 1))
            begin = end + 1
        if begin < len(obj.value):
            out.append(n.Text(obj.begin + begin, obj.end, obj.value[begin:]))
    return tuple(out)
