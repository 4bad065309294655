using CsCheck;

namespace MoneroCloud.Tests;

/// <summary>Request targets that are not <c>/NAME</c>, but that some decoding, normalisation or router somewhere takes for it.</summary>
internal static class ForeignTargets
{
    private static readonly string[] Prefixes =
    [
        "/", "//", "///", "/./", "/.//", "/%2e/", "/%2E/", "/%2f", "/%2F", "%2f", "%2F", "", "\\", "/\\", "/%5c", "/api/../", "/api/..//", "/api//../", "/api/./../",
        "/api/%2e%2e/", "/api/%2E%2e/", "/api/.%2e/", "/api/%2e./", "/api/..%2f", "/api/..%2F", "/api%2f..%2f", "/api/%2e%2e%2f", "/api/..\\", "/api\\..\\",
        "/api/..%5c", "/api/%252e%252e/", "/api/..;/", "/api;x/../", "/api/x/../../", "/api/x/%2e%2e/%2e%2e/", "/dashboard/../", "/dashboard/%2e%2e/",
        "/dashboard/..%2f", "/dashboard/../api/../", "/api/\u00c0\u00ae\u00c0\u00ae/", "/api/%c0%ae%c0%ae/", "/api/%u002e%u002e/", "/api/..%00/", "/../", "/../../",
        "http://127.0.0.1/", "HTTP://127.0.0.1/", "http://127.0.0.1/api/../", "https://127.0.0.1/", "http:/", "http://evil.example/", "//127.0.0.1/", "*", "/*/", "/api",
        "/api/", "/dashboard/",
    ];

    private static readonly string[] Suffixes =
        ["", "/", "//", "?", "?x", "?x=/", "#", "#x", ";", ";x=1", "%00", "%20", "%09", "%3f", "%3F", "%23", "%2f", "/.", "/./", "/x/..", "/..%2f", "\\", ".", "%2e", ":", "&"];

    public static IEnumerable<string> Table(string name) =>
        Prefixes.SelectMany(prefix => new[] { prefix + name, prefix + Encoded(name, 0, lower: false) })
            .Concat(Suffixes.Select(suffix => $"/{name}{suffix}"))
            .Concat(Enumerable.Range(0, name.Length).SelectMany(at => new[] { "/" + Encoded(name, at, lower: true), "/" + Encoded(name, at, lower: false) }))
            .Append("/" + name.ToUpperInvariant())
            .Append("/" + char.ToUpperInvariant(name[0]) + name[1..])
            .Append("/" + string.Concat(name.Select(letter => $"%25{(int)letter:x2}")))
            .Append("/" + string.Concat(name.Select(letter => $"%u{(int)letter:x4}")))
            .Append("/" + string.Concat(name.Select(letter => (char)(letter + 0x80))))
            .Where(target => target != "/" + name);

    public static Gen<string> Any(string name) =>
        from prefixes in Among.Values(Prefixes).Array[1, 3]
        from suffixes in Among.Values(Suffixes).Array[0, 2]
        from ways in Gen.Int[0, 5].Array[name.Length]
        let target = string.Concat(prefixes) + string.Concat(name.Select((letter, at) => Letter(letter, ways[at]))) + string.Concat(suffixes)
        where target != "/" + name
        select target;

    private static string Letter(char letter, int way) => way switch
    {
        0 => $"%{(int)letter:x2}",
        1 => $"%{(int)letter:X2}",
        2 => $"{char.ToUpperInvariant(letter)}",
        _ => $"{letter}",
    };

    private static string Encoded(string name, int at, bool lower) =>
        name[..at] + Letter(name[at], lower ? 0 : 1) + name[(at + 1)..];
}
