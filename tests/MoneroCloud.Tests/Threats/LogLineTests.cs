using System.Globalization;
using System.Net;
using CsCheck;
using Microsoft.Extensions.Logging;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Whatever others write: an entry of a log is one line, begins with the time, and moves no terminal.</summary>
public sealed class LogLineTests
{
    private const string Hostile = "ok\r\n2026-11-26T12:00:00.000Z critical Forged: line\u001b[2J\u001b]0;title\u0007\u2028x\u0085y\u202eevil\u200b\0\t\v\f\u009b31m";

    [Fact]
    public void Nothing_that_ends_a_line_or_moves_a_terminal_comes_out() => Gen.OneOf(Gen.String[0, 80], Gen.String[Gen.Char["a\r\n\t\v\f\u001b\u0085\u2028\u2029\u202e\u009b\0 "], 0, 30]).Sample(
        text => IsPlainText(LogLine.Of(text)),
        iter: 20_000);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("one\r\n  two\n\nthree\n", "one | two | three")]
    [InlineData("a\tb", "a b")]
    [InlineData("\u001b[31mred", "?[31mred")]
    [InlineData("", "")]
    public void What_people_read_stays(string text, string line) => Assert.Equal(line, LogLine.Of(text));

    [Fact]
    public void The_monitors_log_is_a_line_an_entry_also_with_an_exception()
    {
        using var log = new LinesLog();
        var logger = log.Factory.CreateLogger("test");
#pragma warning disable CA1848, CA2254 // It is the text that counts.
        logger.LogWarning(Hostile);
        logger.LogError(new InvalidOperationException(Hostile), "{Path} threw", Hostile);
#pragma warning restore CA1848, CA2254

        Assert.Equal(2, log.Lines.Count);
        Assert.All(log.Lines, IsPlain);
    }

    [Fact]
    public void The_agents_log_and_its_event_list_are_too()
    {
        using var text = new StringWriter();
        var log = new AgentLog(text, TimeProvider.System);

        log.Write("main", Hostile);
        log.Bug("main", Hostile, new IOException(Hostile));

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.True(IsPlainText(line), line));
        var told = Assert.Single(ReplyText.Lines(new ControlReply.EventLine(new EventEntry { N = 1, Epoch = 1, At = default, Fact = new NodeFact.SpawnFailed(Hostile) })));
        Assert.True(IsPlainText(told), told);
    }

    [Fact]
    public async Task An_address_that_is_logged_is_a_part_of_one_line()
    {
        await using var api = await ApiUnderTest.StartAsync();
        api.Table.Away = true;

        (await api.GetAsync("/api/nodes/x%0d%0a2026-11-26T12:00:00.000Z%20critical%20Forged%1b%5b2J%e2%80%a8")).Problem(404);
        (await api.GetAsync("/api/agents/host")).Problem(503);
        (await api.SendAsync("GET", "/api/nodes/host.main", ApiSetup.Viewer, change: r => r.Headers.TryAddWithoutValidation("User-Agent", "a\u001b[2J"))).Problem(503);

        Assert.All(api.Lines, IsPlain);
    }

    [Fact]
    public async Task An_alert_in_the_log_is_one_line_whatever_the_node_is_said_to_be()
    {
        using var log = new LinesLog();
        var alert = SomeAlerts.Of("host.main") with { Title = Hostile, Text = Hostile };

        await new LogNotifier("log", log.Factory.CreateLogger("log")).SendAsync(new Notice { Key = "a", At = default, Items = [new NoticeItem(alert, null)] }, TestContext.Current.CancellationToken);

        IsPlain(Assert.Single(log.Lines));
    }

    [Fact]
    public void Whose_connection_it_is_is_a_number()
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Request.Headers["X-Forwarded-For"] = "1.2.3.4, evil\u001b[2J";

        Assert.Equal(IPAddress.Loopback, ClientAddress.Of(context, proxied: true));
    }

    /// <summary>One that the program itself wrote: it begins with the time, and there is no other beginning in it.</summary>
    internal static void IsPlain(string line)
    {
        Assert.True(DateTimeOffset.TryParse(line.Split(' ')[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _), line);
        Assert.True(IsPlainText(line), line);
    }

    private static bool IsPlainText(string text) => text.All(c => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
}
