// SPDX-License-Identifier: MIT
// The canonical text. Layout follows the tree and the places of comments and blank lines, never the
// author's line breaks, which is why formatting twice changes nothing. A container is *flat*, all
// on one line, or *broken*. Recursion follows the tree, whose depth the parser limits.
#include "zw/format.h"

#include "zw/lexer.h"
#include "zw/utf8.h"

enum { STEP = 2, NEVER_FLAT = 1 << 24 };

typedef struct Comment {
    uint32_t offset;
    uint32_t size;
} Comment;

typedef struct Printer {
    const EpodeZwTree* tree;
    const EpodeZwSchemas* schemas;
    EpodeTextBuffer* out;
    Comment* comments;
    uint32_t comment_count;
    uint32_t comment_capacity;
    uint32_t comment_at; // the first that is not printed yet
    uint32_t* widths;    // of each node on one line; NEVER_FLAT where that cannot be
    size_t line_start;   // in the output
    uint32_t source_end; // in the source, behind what was printed last
    int can_blank;       // whether a blank line may come next
} Printer;

static uint32_t node_end(const EpodeZwNode* node)
{
    return node->offset + node->size;
}

static int is_container(const EpodeZwNode* node)
{
    return node->kind == EPODE_ZW_BLOCK || node->kind == EPODE_ZW_LIST;
}

static uint32_t column(const Printer* printer)
{
    const EpodeTextBuffer* out = printer->out;
    return out->status != EPODE_OK || out->bytes == NULL
               ? 0
               : epode_utf8_count(out->bytes + printer->line_start,
                                  out->size - printer->line_start);
}

static void collect_comments(Printer* printer)
{
    EpodeZwLexer lexer = epode_zw_lexer(printer->tree->source, 0);
    EpodeTextBuffer* out = printer->out;
    for (;;) {
        EpodeZwToken token = epode_zw_lexer_next(&lexer);
        if (token.kind == EPODE_ZW_TOKEN_END || out->status != EPODE_OK) {
            return;
        }
        if (token.kind != EPODE_ZW_TOKEN_COMMENT) {
            continue;
        }
        out->status = epode_array_reserve(out->heap, &printer->comments, &printer->comment_capacity,
                                          printer->comment_count + 1, sizeof *printer->comments);
        if (out->status == EPODE_OK) {
            printer->comments[printer->comment_count++] = (Comment){token.offset, token.size};
        }
    }
}

// Count of comments before a byte of the source.
static uint32_t comments_before(const Printer* printer, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = printer->comment_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (printer->comments[middle].offset < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int has_comment(const Printer* printer, uint32_t from, uint32_t to)
{
    return comments_before(printer, from) != comments_before(printer, to);
}

static uint32_t leaf_width(const Printer* printer, const EpodeZwNode* node)
{
    const char* bytes = printer->tree->source.bytes + node->offset;
    uint32_t width = epode_utf8_count(bytes, node->size);
    for (uint32_t i = 0; node->kind == EPODE_ZW_STRING && i < node->size; i++) {
        if (bytes[i] == '\n') {
            return NEVER_FLAT;
        }
        width += bytes[i] == '\t';
    }
    return width < NEVER_FLAT ? width : NEVER_FLAT;
}

static uint32_t container_width(const Printer* printer, const EpodeZwNode* node)
{
    if (has_comment(printer, node->offset, node_end(node))) {
        return NEVER_FLAT;
    }
    uint32_t width = 2 + (node->count > 0 ? node->count - 1 : 0);
    const EpodeZwNode* child = epode_zw_first(printer->tree, node);
    for (; child != NULL && width < NEVER_FLAT; child = epode_zw_next(printer->tree, child)) {
        width += printer->widths[child - printer->tree->nodes];
    }
    return width < NEVER_FLAT ? width : NEVER_FLAT;
}

// Children stand behind their parents, so from the last node back every width is there in time.
static void measure(Printer* printer)
{
    const EpodeZwTree* tree = printer->tree;
    size_t size = tree->node_count * sizeof *printer->widths;
    printer->widths = epode_heap_alloc(printer->out->heap, size);
    if (printer->widths == NULL) {
        printer->out->status = EPODE_ERR_NO_MEM;
        return;
    }
    for (uint32_t i = tree->node_count - 1; i > 0; i--) {
        const EpodeZwNode* node = &tree->nodes[i];
        printer->widths[i] =
            is_container(node) ? container_width(printer, node) : leaf_width(printer, node);
    }
}

static void put_newline(Printer* printer, uint32_t indent)
{
    epode_text_putc(printer->out, '\n');
    printer->line_start = printer->out->size;
    for (uint32_t i = 0; i < indent; i++) {
        epode_text_putc(printer->out, ' ');
    }
}

static void put_leaf(Printer* printer, const EpodeZwNode* node)
{
    const char* bytes = printer->tree->source.bytes + node->offset;
    printer->source_end = node_end(node);
    if (node->kind != EPODE_ZW_STRING) {
        epode_text_put(printer->out, (EpodeText){bytes, node->size});
        return;
    }
    for (uint32_t i = 0; i < node->size; i++) {
        if (bytes[i] == '\t') {
            epode_text_puts(printer->out, "\\t");
        } else if (bytes[i] != '\r') { // CR stands only before LF
            epode_text_putc(printer->out, bytes[i]);
        }
        if (bytes[i] == '\n') {
            printer->line_start = printer->out->size;
        }
    }
}

static void put_flat(Printer* printer, const EpodeZwNode* node)
{
    if (!is_container(node)) {
        put_leaf(printer, node);
        return;
    }
    epode_text_putc(printer->out, node->kind == EPODE_ZW_BLOCK ? '{' : '[');
    const EpodeZwNode* child = epode_zw_first(printer->tree, node);
    for (; child != NULL; child = epode_zw_next(printer->tree, child)) {
        put_flat(printer, child);
        epode_text_puts(printer->out, child->next != 0 ? " " : "");
    }
    epode_text_putc(printer->out, node->kind == EPODE_ZW_BLOCK ? '}' : ']');
    printer->source_end = node_end(node);
}

static uint32_t newlines_between(const Printer* printer, uint32_t from, uint32_t to)
{
    uint32_t count = 0;
    for (uint32_t i = from; i < to; i++) {
        count += printer->tree->source.bytes[i] == '\n';
    }
    return count;
}

// Begins a new line for what stands at `offset`, keeping one blank line if there were any.
static void begin_line(Printer* printer, uint32_t offset, uint32_t indent)
{
    if (printer->out->size == 0) {
        return;
    }
    if (printer->can_blank && newlines_between(printer, printer->source_end, offset) > 1) {
        epode_text_putc(printer->out, '\n');
    }
    put_newline(printer, indent);
}

static void put_comment(Printer* printer, Comment comment)
{
    const char* bytes = printer->tree->source.bytes + comment.offset;
    uint32_t size = comment.size;
    while (bytes[size - 1] == ' ' || bytes[size - 1] == '\t' || bytes[size - 1] == '\r') {
        size--;
    }
    epode_text_put(printer->out, (EpodeText){bytes, size});
    printer->source_end = comment.offset + comment.size;
    printer->can_blank = 1;
}

// Prints the comments before a byte of the source; whether there were any. One that follows
// something on its line stays there.
static int put_comments(Printer* printer, uint32_t offset, uint32_t indent)
{
    uint32_t first = printer->comment_at;
    while (printer->comment_at < printer->comment_count &&
           printer->comments[printer->comment_at].offset < offset) {
        Comment comment = printer->comments[printer->comment_at++];
        int is_trailing = printer->out->size > 0 &&
                          newlines_between(printer, printer->source_end, comment.offset) == 0;
        if (is_trailing) {
            epode_text_puts(printer->out, "  ");
        } else {
            begin_line(printer, comment.offset, indent);
        }
        put_comment(printer, comment);
    }
    return printer->comment_at != first;
}

static void put_node(Printer* printer, const EpodeZwNode* node, uint32_t indent, uint32_t tail);

// Puts a node that stands first on its line.
static void put_on_line(Printer* printer, const EpodeZwNode* node, uint32_t indent, uint32_t tail)
{
    put_comments(printer, node->offset, indent);
    begin_line(printer, node->offset, indent);
    put_node(printer, node, indent, tail);
    printer->can_blank = 1;
}

// Puts a node behind another on the same line, unless a comment stands between them.
static void put_beside(Printer* printer, const EpodeZwNode* node, uint32_t indent, uint32_t tail)
{
    if (put_comments(printer, node->offset, indent)) {
        begin_line(printer, node->offset, indent);
    } else {
        epode_text_putc(printer->out, ' ');
    }
    put_node(printer, node, indent, tail);
    printer->can_blank = 1;
}

// Puts the closing bracket of a broken container on a line of its own.
static void put_closing(Printer* printer, const EpodeZwNode* node, uint32_t indent)
{
    put_comments(printer, node_end(node) - 1, indent + STEP);
    put_newline(printer, indent);
    epode_text_putc(printer->out, node->kind == EPODE_ZW_BLOCK ? '}' : ']');
}

static int is_fillable(const Printer* printer, const EpodeZwNode* list)
{
    const EpodeZwNode* child = epode_zw_first(printer->tree, list);
    while (child != NULL && (child->kind == EPODE_ZW_WORD || child->kind == EPODE_ZW_NUMBER)) {
        child = epode_zw_next(printer->tree, child);
    }
    return child == NULL;
}

// A list of words and numbers fills its lines; one with anything else has a line for each item.
static void put_broken_list(Printer* printer, const EpodeZwNode* node, uint32_t indent)
{
    int is_filled = is_fillable(printer, node);
    uint32_t inner = indent + STEP;
    epode_text_putc(printer->out, '[');
    printer->source_end = node->offset + 1;
    printer->can_blank = 0;
    int is_first = 1;
    const EpodeZwNode* child = epode_zw_first(printer->tree, node);
    for (; child != NULL; child = epode_zw_next(printer->tree, child)) {
        uint32_t width = printer->widths[child - printer->tree->nodes];
        if (is_filled && !is_first && column(printer) + 1 + width <= EPODE_ZW_LINE_WIDTH) {
            put_beside(printer, child, inner, 0);
        } else if (is_filled && !is_first) {
            put_comments(printer, child->offset, inner);
            put_newline(printer, inner);
            put_node(printer, child, inner, 0);
        } else {
            put_on_line(printer, child, inner, 0);
        }
        is_first = 0;
    }
    put_closing(printer, node, indent);
}

static const EpodeZwSchema* schema_of(const Printer* printer, const EpodeZwNode* head)
{
    return printer->schemas == NULL || head == NULL || head->kind != EPODE_ZW_WORD
               ? NULL
               : epode_zw_schemas_find(printer->schemas, epode_zw_text(printer->tree, head));
}

// How badly children read as pairs of key and value from `node` on: values where a key should be,
// and a last key without a value.
static uint32_t count_misfits(const Printer* printer, const EpodeZwNode* node)
{
    uint32_t count = 0;
    while (node != NULL) {
        if (node->kind == EPODE_ZW_WORD) {
            node = epode_zw_next(printer->tree, node);
            count += node == NULL;
        } else {
            count += node->kind != EPODE_ZW_BLOCK;
        }
        node = node == NULL ? NULL : epode_zw_next(printer->tree, node);
    }
    return count;
}

// Whether the word at the head of a block is a tag rather than the first key.
static int is_tag(const Printer* printer, const EpodeZwNode* head)
{
    const EpodeZwNode* second = epode_zw_next(printer->tree, head);
    return second == NULL || second->kind == EPODE_ZW_BLOCK || schema_of(printer, head) != NULL ||
           count_misfits(printer, second) < count_misfits(printer, head);
}

static int is_lone_flag(const Printer* printer, const EpodeZwSchema* schema, const EpodeZwNode* key,
                        const EpodeZwNode* next)
{
    int32_t index =
        schema == NULL ? -1 : epode_zw_field_index(schema, epode_zw_text(printer->tree, key));
    return index >= 0 && schema->fields[index].type == EPODE_ZW_TYPE_FLAG &&
           !epode_zw_is_word(printer->tree, next, "true") &&
           !epode_zw_is_word(printer->tree, next, "false");
}

// A key with its value, or anything else, on a line; returns the last node put.
static const EpodeZwNode* put_item(Printer* printer, const EpodeZwSchema* schema,
                                   const EpodeZwNode* node, uint32_t indent)
{
    put_on_line(printer, node, indent, 0);
    const EpodeZwNode* next = epode_zw_next(printer->tree, node);
    if (node->kind != EPODE_ZW_WORD || next == NULL || is_lone_flag(printer, schema, node, next)) {
        return node;
    }
    put_beside(printer, next, indent, 0);
    return next;
}

// The tag, or the first key with its value, stands behind the bracket; the rest on lines of its
// own.
static void put_broken_block(Printer* printer, const EpodeZwNode* node, uint32_t indent)
{
    uint32_t inner = indent + STEP;
    epode_text_putc(printer->out, '{');
    printer->source_end = node->offset + 1;
    printer->can_blank = 0;
    const EpodeZwNode* child = epode_zw_first(printer->tree, node);
    const EpodeZwSchema* schema = schema_of(printer, child);
    if (child != NULL && !is_container(child)) {
        if (put_comments(printer, child->offset, inner)) {
            begin_line(printer, child->offset, inner);
        }
        put_leaf(printer, child);
        if (child->kind == EPODE_ZW_WORD && !is_tag(printer, child)) {
            child = epode_zw_next(printer->tree, child);
            put_beside(printer, child, inner, 0);
        }
        printer->can_blank = 0;
        child = epode_zw_next(printer->tree, child);
    }
    while (child != NULL) {
        child = epode_zw_next(printer->tree, put_item(printer, schema, child, inner));
    }
    put_closing(printer, node, indent);
}

// The last child of a block that has nothing else but scalars and no comments around them, if that
// is a container and the scalars fit on a line: `{then [` opens both, `]}` closes both.
static const EpodeZwNode* hugged_child(const Printer* printer, const EpodeZwNode* node,
                                       uint32_t indent)
{
    if (node->kind != EPODE_ZW_BLOCK) {
        return NULL;
    }
    uint32_t width = column(printer) + 2;
    const EpodeZwNode* last = NULL;
    const EpodeZwNode* child = epode_zw_first(printer->tree, node);
    for (; child != NULL; child = epode_zw_next(printer->tree, child)) {
        if (is_container(child) && child->next != 0) {
            return NULL;
        }
        width += child->next != 0 ? 1 + printer->widths[child - printer->tree->nodes] : 0;
        last = child;
    }
    int is_hugged = last != NULL && is_container(last) && node->count > 1 &&
                    !(indent == 0 && last->kind == EPODE_ZW_BLOCK) &&
                    width <= EPODE_ZW_LINE_WIDTH &&
                    !has_comment(printer, node->offset, last->offset) &&
                    !has_comment(printer, node_end(last), node_end(node));
    return is_hugged ? last : NULL;
}

static void put_hugging(Printer* printer, const EpodeZwNode* node, const EpodeZwNode* last,
                        uint32_t indent, uint32_t tail)
{
    epode_text_putc(printer->out, '{');
    const EpodeZwNode* child = epode_zw_first(printer->tree, node);
    for (; child != last; child = epode_zw_next(printer->tree, child)) {
        put_leaf(printer, child);
        epode_text_putc(printer->out, ' ');
    }
    put_node(printer, last, indent, tail + 1);
    epode_text_putc(printer->out, '}');
}

static int has_block(const Printer* printer, const EpodeZwNode* node)
{
    const EpodeZwNode* child = epode_zw_first(printer->tree, node);
    while (child != NULL && child->kind != EPODE_ZW_BLOCK) {
        child = epode_zw_next(printer->tree, child);
    }
    return child != NULL;
}

// What a break would not make shorter: scalars, a key with one scalar, empty brackets.
static int is_unbreakable(const Printer* printer, const EpodeZwNode* node)
{
    if (!is_container(node)) {
        return 1;
    }
    if (has_comment(printer, node->offset, node_end(node))) {
        return 0;
    }
    const EpodeZwNode* first = epode_zw_first(printer->tree, node);
    return node->count == 0 || (node->kind == EPODE_ZW_BLOCK && node->count == 2 &&
                                !is_container(first) && !is_container(first + 1));
}

// A block at the top of the file that holds blocks has a line for each of them, however short.
static int fits(const Printer* printer, const EpodeZwNode* node, uint32_t indent, uint32_t tail)
{
    uint32_t width = printer->widths[node - printer->tree->nodes];
    int is_top = indent == 0 && tail == 0;
    return width < NEVER_FLAT && column(printer) + width + tail <= EPODE_ZW_LINE_WIDTH &&
           !(is_top && node->kind == EPODE_ZW_BLOCK && has_block(printer, node));
}

// Puts a node where the line stands. `tail` is how many closing brackets follow it on its line.
static void put_node(Printer* printer, const EpodeZwNode* node, uint32_t indent, uint32_t tail)
{
    if (is_unbreakable(printer, node) || fits(printer, node, indent, tail)) {
        put_flat(printer, node);
        return;
    }
    const EpodeZwNode* hugged = hugged_child(printer, node, indent);
    if (hugged != NULL) {
        put_hugging(printer, node, hugged, indent, tail);
    } else if (node->kind == EPODE_ZW_BLOCK) {
        put_broken_block(printer, node, indent);
    } else {
        put_broken_list(printer, node, indent);
    }
    printer->source_end = node_end(node);
}

static void put_file(Printer* printer)
{
    const EpodeZwTree* tree = printer->tree;
    const EpodeZwNode* before = NULL;
    const EpodeZwNode* node = epode_zw_first(tree, tree->nodes);
    for (; node != NULL; node = epode_zw_next(tree, node)) {
        if (before != NULL && before->kind == EPODE_ZW_WORD) {
            put_beside(printer, node, 0, 0); // %type, its name and its block
        } else {
            put_on_line(printer, node, 0, 0);
        }
        before = node;
    }
    put_comments(printer, (uint32_t)tree->source.size, 0);
    if (printer->out->size > 0) {
        epode_text_putc(printer->out, '\n');
    }
}

void epode_zw_format(const EpodeZwTree* tree, const EpodeZwSchemas* schemas, EpodeTextBuffer* out)
{
    EPODE_ASSERT(out->size == 0);
    Printer printer = {.tree = tree, .schemas = schemas, .out = out};
    collect_comments(&printer);
    if (out->status == EPODE_OK) {
        measure(&printer);
    }
    if (out->status == EPODE_OK) {
        put_file(&printer);
    }
    epode_heap_free(out->heap, printer.widths, tree->node_count * sizeof *printer.widths);
    epode_heap_free(out->heap, printer.comments,
                    printer.comment_capacity * sizeof *printer.comments);
}
