// SPDX-License-Identifier: MIT
// Messages fit, cannot steer a terminal, and give each error of the system a status.
#include "test.h"

#include <errno.h>

#include "port/message.h"

static void a_message_is_formatted_and_cut(void** state)
{
    (void)state;
    EpodeMessage message;
    epode_message_set(&message, "%d of %s", 3, "four");
    assert_string_equal(message.text, "3 of four");
    char text[2 * EPODE_MESSAGE_SIZE];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    epode_message_set(&message, "%s", text);
    assert_int_equal(strlen(message.text), EPODE_MESSAGE_SIZE - 1);
    epode_message_set(NULL, "%s", text);
}

static void control_characters_are_taken_out(void** state)
{
    (void)state;
    EpodeMessage message;
    epode_message_set(&message, "a\x1b[2Jb\n\x7f\xc3\xa9");
    assert_string_equal(message.text, "a?[2Jb??\xc3\xa9");
}

static void errors_of_the_system_have_words_and_a_status(void** state)
{
    (void)state;
    static const struct {
        int error;
        EpodeStatus status;
        const char* text;
    } cases[] = {
        {ENOENT, EPODE_ERR_NOT_FOUND, "no such file or directory"},
        {EACCES, EPODE_ERR_IO, "permission denied"},
        {ENOSPC, EPODE_ERR_LIMIT, "no space left on device"},
        {ENOMEM, EPODE_ERR_NO_MEM, "cannot allocate memory"},
        {ELOOP, EPODE_ERR_BAD_ARG, "symbolic links are not followed"},
        {ENAMETOOLONG, EPODE_ERR_BAD_ARG, "file name too long"},
        {98765, EPODE_ERR_IO, "error 98765 of the system"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EpodeMessage message;
        assert_int_equal(epode_message_errno(&message, cases[i].error), cases[i].status);
        assert_string_equal(message.text, cases[i].text);
        assert_int_equal(epode_message_errno(NULL, cases[i].error), cases[i].status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_formatted_and_cut),
        cmocka_unit_test(control_characters_are_taken_out),
        cmocka_unit_test(errors_of_the_system_have_words_and_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
