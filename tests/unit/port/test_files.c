// SPDX-License-Identifier: MIT
// Reading files: whole, within limits, and never out of a show's folder, by whatever name or link.
#include "scratch.h"

#include "test_heap.h"

#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include "base/heap.h"
#include "port/files.h"

// Every test of names runs with openat2 and with the walk that replaces it.
static EpodeFolder open_folder(int is_walking, size_t file_size_max)
{
    EpodeFolder folder;
    EpodeMessage message;
    assert_int_equal(epode_folder_open(&folder, scratch_path, file_size_max, &message), EPODE_OK);
    folder.is_walking = is_walking;
    return folder;
}

static EpodeStatus read_name(EpodeFolder* folder, const char* name, const char* expected)
{
    EpodeReader reader = epode_folder_reader(folder);
    char* bytes = NULL;
    size_t size = 0;
    EpodeStatus status = reader.read(reader.user, name, epode_heap_system(), &bytes, &size);
    assert_true((bytes != NULL) == (status == EPODE_OK));
    assert_true((reader.message(reader.user)[0] == '\0') == (status == EPODE_OK));
    if (status == EPODE_OK) {
        assert_int_equal(size, strlen(expected));
        assert_string_equal(bytes, expected);
        epode_heap_free(epode_heap_system(), bytes, size + 1);
    }
    return status;
}

static int make_tree(void** state)
{
    if (scratch_begin(state) != 0) {
        return -1;
    }
    scratch_write("show.zw", "{show}", 6);
    scratch_write("empty", "", 0);
    mkdir(scratch("sounds"), 0755);
    mkdir(scratch("sounds/deep"), 0755);
    scratch_write("sounds/a.wav", "RIFF", 4);
    scratch_write("sounds/deep/b.wav", "RIFX", 4);
    scratch_write(".hidden", "x", 1);
    int is_made = symlink("/etc/passwd", scratch("out")) == 0 &&
                  symlink("/etc", scratch("out-folder")) == 0 &&
                  symlink("show.zw", scratch("in")) == 0 &&
                  symlink("sounds", scratch("in-folder")) == 0 &&
                  symlink("loop", scratch("loop")) == 0 && mkfifo(scratch("pipe"), 0644) == 0;
    int handle = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", scratch("socket"));
    is_made = is_made && bind(handle, (struct sockaddr*)&address, sizeof address) == 0;
    close(handle);
    return is_made ? 0 : -1;
}

static void files_of_the_folder_are_read_whole(void** state)
{
    (void)state;
    for (int is_walking = 0; is_walking < 2; is_walking++) {
        EpodeFolder folder = open_folder(is_walking, 100);
        assert_int_equal(read_name(&folder, "show.zw", "{show}"), EPODE_OK);
        assert_int_equal(read_name(&folder, "empty", ""), EPODE_OK);
        assert_int_equal(read_name(&folder, "sounds/a.wav", "RIFF"), EPODE_OK);
        assert_int_equal(read_name(&folder, "sounds/deep/b.wav", "RIFX"), EPODE_OK);
        assert_int_equal(read_name(&folder, ".hidden", "x"), EPODE_OK);
        assert_int_equal(folder.is_walking, is_walking);
        epode_folder_close(&folder);
        epode_folder_close(&folder);
    }
}

static void no_name_and_no_link_leads_out(void** state)
{
    (void)state;
    static const char* const names[] = {"",
                                        "/",
                                        "/etc/passwd",
                                        "..",
                                        ".",
                                        "../show.zw",
                                        "./show.zw",
                                        "sounds/../show.zw",
                                        "sounds/../../etc/passwd",
                                        "sounds/..",
                                        "sounds//a.wav",
                                        "sounds/",
                                        "//show.zw",
                                        "out",
                                        "out-folder/passwd",
                                        "in",
                                        "in-folder/a.wav",
                                        "loop",
                                        "loop/x"};
    for (int is_walking = 0; is_walking < 2; is_walking++) {
        EpodeFolder folder = open_folder(is_walking, 1 << 20);
        for (size_t i = 0; i < EPODE_COUNT_OF(names); i++) {
            EpodeStatus status = read_name(&folder, names[i], "");
            if (status != EPODE_ERR_BAD_ARG) {
                print_error("name \"%s\", walking %d\n", names[i], is_walking);
            }
            assert_int_equal(status, EPODE_ERR_BAD_ARG);
        }
        char long_name[5000];
        memset(long_name, 'x', sizeof long_name);
        long_name[300] = '\0';
        assert_int_equal(read_name(&folder, long_name, ""), EPODE_ERR_BAD_ARG);
        epode_folder_close(&folder);
    }
}

static void only_regular_files_are_read(void** state)
{
    (void)state;
    for (int is_walking = 0; is_walking < 2; is_walking++) {
        EpodeFolder folder = open_folder(is_walking, 1 << 20);
        assert_int_equal(read_name(&folder, "pipe", ""), EPODE_ERR_BAD_ARG);
        assert_int_equal(read_name(&folder, "socket", ""), EPODE_ERR_BAD_ARG);
        assert_int_equal(read_name(&folder, "sounds", ""), EPODE_ERR_BAD_ARG);
        assert_string_equal(folder.message.text, "it is not a regular file");
        // Only root can make a device.
        if (mknod(scratch("zero"), S_IFCHR | 0644, makedev(1, 5)) == 0) {
            assert_int_equal(read_name(&folder, "zero", ""), EPODE_ERR_BAD_ARG);
            unlink(scratch("zero"));
        }
        epode_folder_close(&folder);
    }
}

static void what_is_not_there_is_not_found(void** state)
{
    (void)state;
    for (int is_walking = 0; is_walking < 2; is_walking++) {
        EpodeFolder folder = open_folder(is_walking, 100);
        assert_int_equal(read_name(&folder, "nothing", ""), EPODE_ERR_NOT_FOUND);
        assert_string_equal(folder.message.text, "no such file or directory");
        assert_int_equal(read_name(&folder, "no/thing", ""), EPODE_ERR_NOT_FOUND);
        assert_int_equal(read_name(&folder, "show.zw/x", ""), EPODE_ERR_NOT_FOUND);
        epode_folder_close(&folder);
    }
    EpodeFolder folder;
    EpodeMessage message;
    assert_int_equal(epode_folder_open(&folder, scratch("nothing"), 1, &message),
                     EPODE_ERR_NOT_FOUND);
    epode_folder_close(&folder);
    assert_int_equal(epode_folder_open(&folder, scratch("show.zw"), 1, NULL), EPODE_ERR_NOT_FOUND);
    epode_folder_close(&folder);
}

static void a_file_may_have_the_limit_and_no_more(void** state)
{
    (void)state;
    for (size_t limit = 5; limit <= 7; limit++) {
        EpodeFolder folder = open_folder(0, limit);
        assert_int_equal(read_name(&folder, "show.zw", "{show}"),
                         limit < 6 ? EPODE_ERR_LIMIT : EPODE_OK);
        if (limit < 6) {
            assert_string_equal(folder.message.text, "it is larger than the limit of 5 bytes");
        }
        epode_folder_close(&folder);
    }
}

static void a_huge_file_is_refused_before_it_is_read(void** state)
{
    (void)state;
    scratch_write("huge", "", 0);
    assert_int_equal(truncate(scratch("huge"), (off_t)1 << 40), 0);
    EpodeFolder folder = open_folder(0, 1 << 20);
    TestHeap heap = {.fail_at = 1, .fails_for_ever = 1};
    EpodeReader reader = epode_folder_reader(&folder);
    char* bytes = NULL;
    size_t size = 0;
    assert_int_equal(reader.read(reader.user, "huge", test_heap(&heap), &bytes, &size),
                     EPODE_ERR_LIMIT);
    epode_folder_close(&folder);
    unlink(scratch("huge"));
}

static void a_path_may_lead_anywhere(void** state)
{
    (void)state;
    char* bytes = NULL;
    size_t size = 0;
    EpodeMessage message;
    EpodeHeap heap = epode_heap_system();
    assert_int_equal(epode_file_read(scratch("in"), 100, heap, &bytes, &size, &message), EPODE_OK);
    assert_string_equal(bytes, "{show}");
    epode_heap_free(heap, bytes, size + 1);
    assert_int_equal(epode_file_read(scratch("nothing"), 100, heap, &bytes, &size, &message),
                     EPODE_ERR_NOT_FOUND);
    assert_int_equal(epode_file_read(scratch_path, 100, heap, &bytes, &size, &message),
                     EPODE_ERR_IO);
    assert_string_equal(message.text, "is a directory");
    // A file of /proc says it has no bytes, and has some.
    assert_int_equal(epode_file_read("/proc/self/status", 1 << 20, heap, &bytes, &size, NULL),
                     EPODE_OK);
    assert_true(size > 100 && bytes[size] == '\0');
    epode_heap_free(heap, bytes, size + 1);
}

static void a_pipe_is_read_up_to_the_limit(void** state)
{
    (void)state;
    for (size_t limit = 9999; limit <= 10001; limit++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        static const char content[10000];
        assert_int_equal(write(ends[1], content, sizeof content), sizeof content);
        close(ends[1]);
        char path[32];
        snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
        char* bytes = NULL;
        size_t size = 0;
        EpodeStatus status = epode_file_read(path, limit, epode_heap_system(), &bytes, &size, NULL);
        close(ends[0]);
        assert_int_equal(status, limit < 10000 ? EPODE_ERR_LIMIT : EPODE_OK);
        if (status == EPODE_OK) {
            assert_int_equal(size, 10000);
            epode_heap_free(epode_heap_system(), bytes, size + 1);
        }
    }
}

static void a_large_file_comes_whole(void** state)
{
    (void)state;
    enum { SIZE = 300001 };
    char* content = malloc(SIZE);
    for (int i = 0; i < SIZE; i++) {
        content[i] = (char)(i * 7);
    }
    scratch_write("large", content, SIZE);
    EpodeFileSource source;
    assert_int_equal(epode_file_source_open(&source, scratch("large"), NULL), EPODE_OK);
    EpodeSource pieces = epode_file_source(&source);
    char piece[5000];
    size_t total = 0;
    size_t got = 0;
    while (pieces.read(pieces.user, piece, sizeof piece, &got) == EPODE_OK && got > 0) {
        assert_memory_equal(piece, content + total, got);
        total += got;
    }
    assert_int_equal(total, SIZE);
    epode_file_source_close(&source);
    epode_file_source_close(&source);
    assert_int_equal(pieces.read(pieces.user, piece, sizeof piece, &got), EPODE_ERR_IO);

    char* bytes = NULL;
    size_t size = 0;
    assert_int_equal(
        epode_file_read(scratch("large"), SIZE, epode_heap_system(), &bytes, &size, NULL),
        EPODE_OK);
    assert_int_equal(size, SIZE);
    assert_memory_equal(bytes, content, SIZE);
    epode_heap_free(epode_heap_system(), bytes, size + 1);
    free(content);
    unlink(scratch("large"));
    assert_int_equal(epode_file_source_open(&source, scratch("large"), NULL), EPODE_ERR_NOT_FOUND);
    epode_file_source_close(&source);
}

static void a_folder_is_listed_in_order(void** state)
{
    (void)state;
    static const EpodeFolderEntry expected[] = {
        {"empty", EPODE_ENTRY_FILE},      {"in", EPODE_ENTRY_OTHER},
        {"in-folder", EPODE_ENTRY_OTHER}, {"loop", EPODE_ENTRY_OTHER},
        {"out", EPODE_ENTRY_OTHER},       {"out-folder", EPODE_ENTRY_OTHER},
        {"pipe", EPODE_ENTRY_OTHER},      {"show.zw", EPODE_ENTRY_FILE},
        {"socket", EPODE_ENTRY_OTHER},    {"sounds", EPODE_ENTRY_FOLDER},
    };
    for (int is_walking = 0; is_walking < 2; is_walking++) {
        EpodeFolder folder = open_folder(is_walking, 100);
        EpodeFolderList list;
        EpodeHeap heap = epode_heap_system();
        assert_int_equal(epode_folder_list(&folder, "", heap, &list, NULL), EPODE_OK);
        assert_int_equal(list.count, EPODE_COUNT_OF(expected));
        for (uint32_t i = 0; i < list.count; i++) {
            assert_string_equal(list.entries[i].name, expected[i].name);
            assert_int_equal(list.entries[i].kind, expected[i].kind);
        }
        epode_folder_list_finish(&list);
        assert_int_equal(epode_folder_list(&folder, "sounds", heap, &list, NULL), EPODE_OK);
        assert_int_equal(list.count, 2);
        epode_folder_list_finish(&list);

        EpodeMessage message;
        assert_int_equal(epode_folder_list(&folder, "..", heap, &list, &message),
                         EPODE_ERR_BAD_ARG);
        assert_int_equal(epode_folder_list(&folder, "in-folder", heap, &list, &message),
                         EPODE_ERR_BAD_ARG);
        assert_int_equal(epode_folder_list(&folder, "nothing", heap, &list, &message),
                         EPODE_ERR_NOT_FOUND);
        assert_int_equal(epode_folder_list(&folder, "show.zw", heap, &list, &message),
                         EPODE_ERR_NOT_FOUND);
        epode_folder_list_finish(&list);
        epode_folder_close(&folder);
    }
}

static void a_folder_may_have_so_many_entries(void** state)
{
    (void)state;
    mkdir(scratch("many"), 0755);
    char name[64];
    EpodeFolder folder = open_folder(0, 100);
    for (int i = 0; i <= EPODE_FOLDER_ENTRIES_MAX; i++) {
        snprintf(name, sizeof name, "many/%d", i);
        assert_int_equal(link(scratch("empty"), scratch(name)), 0);
        if (i + 2 < EPODE_FOLDER_ENTRIES_MAX) {
            continue;
        }
        EpodeFolderList list;
        EpodeMessage message;
        EpodeStatus status =
            epode_folder_list(&folder, "many", epode_heap_system(), &list, &message);
        assert_int_equal(status, i < EPODE_FOLDER_ENTRIES_MAX ? EPODE_OK : EPODE_ERR_LIMIT);
        for (uint32_t j = 1; j < list.count; j++) {
            assert_true(strcmp(list.entries[j - 1].name, list.entries[j].name) < 0);
        }
        epode_folder_list_finish(&list);
    }
    epode_folder_close(&folder);
}

static void an_exhausted_heap_is_an_error(void** state)
{
    (void)state;
    EpodeFolder folder = open_folder(0, 100);
    EpodeReader reader = epode_folder_reader(&folder);
    EpodeStatus status = EPODE_ERR_NO_MEM;
    for (size_t call = 1; status != EPODE_OK; call++) {
        TestHeap heap = {.fail_at = call};
        char* bytes = NULL;
        size_t size = 0;
        status = reader.read(reader.user, "show.zw", test_heap(&heap), &bytes, &size);
        assert_int_equal(status, heap.failed_count > 0 ? EPODE_ERR_NO_MEM : EPODE_OK);
        if (status == EPODE_OK) {
            epode_heap_free(test_heap(&heap), bytes, size + 1);
        }
        test_heap_assert_empty(&heap);
    }
    status = EPODE_ERR_NO_MEM;
    for (size_t call = 1; status != EPODE_OK; call++) {
        TestHeap heap = {.fail_at = call};
        EpodeFolderList list;
        status = epode_folder_list(&folder, "", test_heap(&heap), &list, NULL);
        assert_int_equal(status, heap.failed_count > 0 ? EPODE_ERR_NO_MEM : EPODE_OK);
        epode_folder_list_finish(&list);
        test_heap_assert_empty(&heap);
    }
    epode_folder_close(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_the_folder_are_read_whole),
        cmocka_unit_test(no_name_and_no_link_leads_out),
        cmocka_unit_test(only_regular_files_are_read),
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(a_file_may_have_the_limit_and_no_more),
        cmocka_unit_test(a_huge_file_is_refused_before_it_is_read),
        cmocka_unit_test(a_path_may_lead_anywhere),
        cmocka_unit_test(a_pipe_is_read_up_to_the_limit),
        cmocka_unit_test(a_large_file_comes_whole),
        cmocka_unit_test(a_folder_is_listed_in_order),
        cmocka_unit_test(an_exhausted_heap_is_an_error),
        cmocka_unit_test(a_folder_may_have_so_many_entries),
    };
    return cmocka_run_group_tests(tests, make_tree, scratch_end);
}
