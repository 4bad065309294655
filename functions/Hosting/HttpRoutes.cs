namespace MoneroCloud.Functions;

/// <summary>
/// The routes of clients. Each has a first segment of its own, and a request counts as one of them only by its target as it came over the
/// wire and by its decoded path alike: on the same port the Functions host calls the triggers.
/// </summary>
internal static class HttpRoutes
{
    public static readonly IReadOnlyList<string> All = ["api/{*path}", "dashboard/{*path}"];

    private static readonly string[] FirstSegments = ["/api", "/dashboard"];

    /// <param name="rawTarget">As it came: neither decoded nor normalised.</param>
    /// <param name="path">Decoded and normalised by the server.</param>
    public static bool Contain(string rawTarget, PathString path)
    {
        foreach (var segment in FirstSegments)
        {
            if (StartsWith(rawTarget, segment) && path.StartsWithSegments(segment, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWith(string rawTarget, string segment) =>
        rawTarget.StartsWith(segment, StringComparison.Ordinal) &&
        (rawTarget.Length == segment.Length || rawTarget[segment.Length] is '/' or '?');
}
