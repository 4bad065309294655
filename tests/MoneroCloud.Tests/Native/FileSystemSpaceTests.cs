using System.Globalization;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class FileSystemSpaceTests
{
    [Fact]
    public void It_says_what_df_says()
    {
        var folder = TestRun.NewFolder("space");
        var df = TestChild.Output($"df -B1 --output=avail,size {folder} | tail -1").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var seen = FileSystemSpace.At(folder)!;
        Assert.Equal(long.Parse(df[1], CultureInfo.InvariantCulture), seen.Total);
        Assert.InRange(seen.Free - long.Parse(df[0], CultureInfo.InvariantCulture), -500_000_000, 500_000_000);
    }

    [Fact]
    public void A_path_that_is_not_there_has_none() => Assert.Null(FileSystemSpace.At("/no/such/folder"));
}
