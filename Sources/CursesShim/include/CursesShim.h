typedef int CursesPlaceholder;
