using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class WatchConfigTests
{
    private readonly MonitorFolder _folder = new();

    [Fact]
    public void Without_them_the_monitor_looks_at_nothing_and_tells_nobody()
    {
        var config = _folder.Accept("{}");

        Assert.Empty(config.SelfCheckTargets);
        Assert.Null(config.DeadManUrl);
    }

    [Fact]
    public void Targets_and_quorum_are_taken()
    {
        var config = _folder.Accept("""{ "selfCheck": { "targets": ["tcp://10.0.0.1:53", "tcp://[fd00::1]:80", "https://example.org/up"], "deadline": "1s", "quorum": "most" } }""");

        Assert.Equal(["tcp://10.0.0.1:53/", "tcp://[fd00::1]:80/", "https://example.org/up"], config.SelfCheckTargets.Select(t => t.AbsoluteUri));
        Assert.Equal((TimeSpan.FromSeconds(1), SelfCheckQuorum.Most), (config.SelfCheck.Deadline, config.SelfCheck.Quorum));
    }

    [Theory]
    [InlineData("\"targets\": []", "targets: is empty")]
    [InlineData("\"targets\": [\"10.0.0.1:53\"]", "targets[0]: is not tcp://HOST:PORT or https://HOST/PATH, such as tcp://10.0.0.1:53, and nothing else")]
    [InlineData("\"targets\": [\"tcp://10.0.0.1\"]", "targets[0]: is not tcp://HOST:PORT or https://HOST/PATH, such as tcp://10.0.0.1:53, and nothing else")]
    [InlineData("\"targets\": [\"http://example.org\"]", "targets[0]: is not tcp://HOST:PORT or https://HOST/PATH, such as tcp://10.0.0.1:53, and nothing else")]
    [InlineData("\"targets\": [\"https://u:hunter2@h\"]", "targets[0]: is not tcp://HOST:PORT or https://HOST/PATH, such as tcp://10.0.0.1:53, and nothing else")]
    [InlineData("\"targets\": [\"https://h/?key=hunter2\"]", "targets[0]: is not tcp://HOST:PORT or https://HOST/PATH, such as tcp://10.0.0.1:53, and nothing else")]
    [InlineData("\"targets\": [\"tcp://h:1\", \"tcp://h:70000\"]", "targets[1]: \"tcp://h:70000\" is not an address: its host, or its port, which is from 1 to 65535, is wrong")]
    [InlineData("\"targets\": [\"tcp://h:1\", \"tcp://H:1\"]", "targets[1]: \"tcp://H:1\" is given twice")]
    [InlineData("\"targets\": [\"tcp://h:1\",\"tcp://h:2\",\"tcp://h:3\",\"tcp://h:4\",\"tcp://h:5\",\"tcp://h:6\",\"tcp://h:7\",\"tcp://h:8\",\"tcp://h:9\"]", "targets: has 9 entries, at most 8 are allowed")]
    [InlineData("\"quorum\": \"half\"", "quorum: \"half\" must be \"all\" or \"most\"")]
    [InlineData("\"deadline\": \"31s\"", "deadline: \"31s\" is out of range, 100ms to 30s")]
    public void A_wrong_self_check_is_refused(string member, string expected) =>
        Assert.Equal(["monitor.json:1: selfCheck." + expected], _folder.Errors($$"""{ "selfCheck": { {{member}} } }"""));

    [Theory]
    [InlineData("\"url\": \"ftp://h\"", "url: is not an http or https address, or env:ALERT_NAME, a variable that holds it")]
    [InlineData("\"url\": \"env:OPERATOR_KEY\"", "url: is not an http or https address, or env:ALERT_NAME, a variable that holds it")]
    [InlineData("\"url\": \"https://u:hunter2@h\"", "url: is not an http or https address, or env:ALERT_NAME, a variable that holds it")]
    [InlineData("\"url\": \"https://h:70000/hunter2\"", "url: is no http or https address")]
    [InlineData("\"startSignal\": \"yes\"", "startSignal: must be true or false, not text")]
    [InlineData("\"deadline\": \"0s\"", "deadline: \"0s\" is out of range, 1s to 30s")]
    public void A_wrong_dead_man_is_refused_and_its_address_is_not_shown(string member, string expected)
    {
        var error = Assert.Single(_folder.Errors($$"""{ "deadMan": { {{member}} } }"""));

        Assert.Equal("monitor.json:1: deadMan." + expected, error);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_stands_in_the_file_or_in_a_variable_and_in_no_text()
    {
        _folder.Set("ALERT_PING", "https://h/hunter2?create=1");
        foreach (var url in new[] { "https://h/hunter2?create=1", "env:ALERT_PING" })
        {
            var ok = _folder.Accepted(_folder.Read($$"""{ "deadMan": { "url": "{{url}}", "startSignal": false } }"""));
            var secrets = AlertSecrets.Of(ok.Config, _folder.Variables, out var problem)!;

            Assert.Equal((null, "https://h/hunter2?create=1", false), (problem, secrets.Reveal(ok.Config.DeadManUrl!).AbsoluteUri, ok.Config.DeadMan.StartSignal));
            Assert.Empty(ok.Warnings);
            Assert.DoesNotContain("hunter2", $"{ok.Config} {secrets}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, "ALERT_PING is not set")]
    [InlineData("hunter2", "ALERT_PING is no http or https address")]
    [InlineData("http://hunter2.example.org", "ALERT_PING is http and no address of this machine: a secret must not go in clear")]
    [InlineData("https://h/\nhunter2", "ALERT_PING holds more than one line, or control characters")]
    public void A_variable_that_is_not_there_is_warned_of_by_a_check_and_refused_by_a_start(string? value, string expected)
    {
        if (value is not null)
        {
            _folder.Set("ALERT_PING", value);
        }

        var ok = _folder.Accepted(_folder.Read("""{ "deadMan": { "url": "env:ALERT_PING" } }"""));

        Assert.Equal($"deadMan.url: {expected}: no monitor starts like this", Assert.Single(ok.Warnings) is { Path: var path, Message: var message } ? $"{path}: {message}" : "");
        Assert.Null(AlertSecrets.Of(ok.Config, _folder.Variables, out var problem));
        Assert.Equal($"deadMan.url: {expected}", problem);
    }
}
