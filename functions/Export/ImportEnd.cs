using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What became of a part of an import.</summary>
internal abstract record ImportEnd
{
    private ImportEnd()
    {
    }

    public sealed record Taken(ImportAnswer Answer) : ImportEnd;

    /// <param name="Status">Of HTTP.</param>
    public sealed record Refused(int Status, string Reason) : ImportEnd;
}
