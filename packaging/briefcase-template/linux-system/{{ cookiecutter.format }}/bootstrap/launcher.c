/* Starts the system's Python, isolated from the user's environment, on launch.py. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PYTHON "/usr/bin/python{{ cookiecutter.python_version }}"
#define SCRIPT "/usr/lib/{{ cookiecutter.app_name }}/launch.py"

int main(int count, char **words)
{
    char **all = calloc((size_t)count + 3, sizeof *all);
    if (all == NULL) {
        perror("{{ cookiecutter.app_name }}");
        return 1;
    }
    all[0] = PYTHON;
    all[1] = "-I";
    all[2] = SCRIPT;
    for (int i = 1; i < count; i++)
        all[i + 2] = words[i];
    execv(PYTHON, all);
    perror(PYTHON);
    return 127;
}
