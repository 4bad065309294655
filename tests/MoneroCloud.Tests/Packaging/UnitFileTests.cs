using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The units that the packages install.</summary>
public sealed class UnitFileTests
{
    private static readonly string[] Units = ["monerocloud.service", "monerocloud-down.service"];

    [Fact]
    public async Task Systemd_has_nothing_to_say_about_them() => Assert.Equal("", await VerifyAsync(unit => unit));

    [Fact]
    public async Task Of_a_line_that_it_does_not_know_it_would_say_so() => Assert.Contains(
        "KillModes",
        await VerifyAsync(unit => unit.Replace("[Service]\n", "[Service]\nKillModes=process\n", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void A_shutdown_waits_for_longer_than_a_wallet_may_need() =>
        Assert.True(Seconds("monerocloud-down.service", "TimeoutStopSec") > NodeConfig.DefaultStopBudget.TotalSeconds);

    private static double Seconds(string unit, string key) => double.Parse(
        Regex.Match(File.ReadAllText(GeneratedFile.At($"packaging/{unit}")), $@"(?m)^{key}=(\d+)s$").Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task<string> VerifyAsync(Func<string, string> change)
    {
        var folder = TestRun.NewFolder("units");
        foreach (var unit in Units)
        {
            // The program is not installed here, and is not what is judged.
            var text = await File.ReadAllTextAsync(GeneratedFile.At($"packaging/{unit}"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, unit), change(text.Replace("/usr/bin/monerocloud", "/bin/true", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        }

        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd is not installed");
        var start = new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", .. Units.Select(u => Path.Combine(folder, u))]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + error;
    }
}
