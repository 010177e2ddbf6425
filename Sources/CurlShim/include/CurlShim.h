typedef int CurlPlaceholder;
