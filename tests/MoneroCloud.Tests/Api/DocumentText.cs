namespace MoneroCloud.Tests.Api;

/// <summary>The pieces of a document in docs that a test can hold to its word.</summary>
internal static class DocumentText
{
    /// <summary>The code blocks of a language, each without its fence.</summary>
    public static IReadOnlyList<string> Blocks(string path, string language)
    {
        var blocks = new List<string>();
        List<string>? block = null;
        foreach (var line in File.ReadLines(GeneratedFile.At(path)))
        {
            if (block is null && line == $"```{language}")
            {
                block = [];
            }
            else if (block is not null && line == "```")
            {
                blocks.Add(string.Join('\n', block));
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }

        return blocks;
    }

    /// <summary>The first cells of a table's rows below a heading, without their backticks.</summary>
    public static IReadOnlyList<string> FirstCells(string path, string heading) =>
    [
        .. File.ReadLines(GeneratedFile.At(path))
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]),
    ];
}
