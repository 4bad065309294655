using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Whom an agent tells that its monitor is silent.</summary>
public sealed class ConfigWebhookTests
{
    private readonly ConfigFolder _folder = new();

    [Fact]
    public void It_is_fetched_from_a_file_and_shown_by_its_place()
    {
        _folder.Write("secrets/hook", "https://hooks.example.org/hunter2\n");

        var config = _folder.Accept(File("\"webhook\": \"file:secrets/hook\", \"silentAfter\": \"2m\", \"silentAgain\": \"30m\""));

        Assert.Equal(("https://hooks.example.org/hunter2", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(30)), (config.Webhook!.Reveal(), config.Monitor.SilentAfter, config.Monitor.SilentAgain));
        Assert.DoesNotContain("hunter2", config.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"webhook\": \"https://hooks.example.org/hunter2\"", "webhook: is not file:PATH or env:NAME; a secret itself must not stand in this file")]
    [InlineData("\"webhook\": \"file:secrets/login\"", "webhook: file:secrets/login holds no http or https address")]
    [InlineData("\"webhook\": \"env:HOOK\"", "webhook: the environment variable HOOK is not set")]
    [InlineData("\"silentAgain\": \"4m\"", "silentAgain: \"4m\" is out of range, 5m to 24h")]
    [InlineData("\"silentAfter\": \"never\"", "silentAfter: \"never\" must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\"")]
    public void A_wrong_one_is_refused(string member, string expected) =>
        Assert.Equal(["agent.json:1: monitor." + expected], _folder.Errors(File(member)));

    private static string File(string members) => $$"""{ "monitor": { {{members}} }, "nodes": [{{ConfigFolder.Daemon}}] }""";
}
