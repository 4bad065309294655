namespace MoneroCloud.Testing;

/// <summary>A file of the checkout that the tests were built from, also for a copy of the tests below it.</summary>
public static class CheckoutFile
{
    /// <param name="path">Below the checkout's root.</param>
    /// <param name="remedy">What installs what it needs.</param>
    /// <param name="needs">What it needs, below the root.</param>
    /// <exception cref="InvalidOperationException">One of the two is not there.</exception>
    public static string Find(string path, string remedy, string needs)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)) && Path.Exists(Path.Combine(folder.FullName, needs)))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new InvalidOperationException($"{needs} is missing: {remedy}");
    }
}
