using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A file of the repository that a test makes and compares. <c>MONEROCLOUD_APPROVE=1</c> writes it.</summary>
internal static class GeneratedFile
{
    public static string At(string path) => Path.Combine(Repository(), path);

    public static void IsUpToDate(string path, string text)
    {
        var file = At(path);
        if (Environment.GetEnvironmentVariable("MONEROCLOUD_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{path} is missing; MONEROCLOUD_APPROVE=1 writes it");
        Assert.Equal(text, File.ReadAllText(file));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MoneroCloud.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }

        return folder;
    }
}
