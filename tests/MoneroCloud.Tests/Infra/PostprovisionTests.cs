using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The hook that makes keys and agents' files, against stand-ins for the Azure CLI.</summary>
public sealed class PostprovisionTests
{
    private const string Hook = "postprovision";

    private static readonly string[] Secrets = ["monitor-signing-key", "operator-key", "viewer-key"];

    private readonly HookFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_run_makes_each_key_and_each_agents_file_and_shows_none_of_them()
    {
        var run = await _folder.RunAsync(Hook, Now);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        var vault = _folder.Vault;
        Assert.Equal(Secrets, vault.Keys.Order(StringComparer.Ordinal));
        Assert.True(SigningKey.TryImportPem(vault["monitor-signing-key"], out var key, out var error), error);
        key.Dispose();
        var settings = new AppSettings([new("OPERATOR_KEY", vault["operator-key"]), new("VIEWER_KEY", vault["viewer-key"])]);
        Assert.True(ApiKeys.TryRead(settings, out var keys, out error), error);
        Assert.Equal([ApiRole.Operator, ApiRole.Viewer], keys.All.Select(k => k.Role));

        var said = string.Join('\n', [run.Output, .. _folder.Calls]);
        Assert.All(vault.Values, value => Assert.DoesNotContain(value.Trim(), said, StringComparison.Ordinal));
        Assert.DoesNotContain("SharedAccessKey=", said, StringComparison.Ordinal);
        Assert.Empty(_folder.Left);
        Assert.All(_folder.Calls.Where(c => !c.StartsWith("az rest", StringComparison.Ordinal)), call => Assert.Contains("--subscription 3c0e4b5a-", call, StringComparison.Ordinal));
        Assert.Contains(_folder.Calls, c => c.StartsWith("az rest --method post", StringComparison.Ordinal) && c.Contains("func-test/config/configreferences/appsettings/refresh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agents_file_is_what_enroll_takes_and_its_keys_are_for_its_own_queues_alone()
    {
        Assert.Equal(0, (await _folder.RunAsync(Hook, Now)).Exit);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.At(".azure/test/agents")));
        Assert.Equal(["host-1.json", "host-2.json"], Directory.EnumerateFileSystemEntries(_folder.At(".azure/test/agents")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var agent in new[] { "host-1", "host-2" })
        {
            var file = _folder.At($".azure/test/agents/{agent}.json");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            var document = DeploymentFile.Read(file, out var problem);
            Assert.Null(problem);
            Assert.Equal((agent, "https://func-test.azurewebsites.net", Names.ReportsQueue, Names.CommandsQueue(agent)), (document!.Agent, document.MonitorUrl, document.ReportsQueue, document.CommandsQueue));
            Assert.Equal((Names.ReportsQueue, Names.CommandsQueue(agent)), (BusAddress.Parse(document.ReportsBus!).EntityPath, BusAddress.Parse(document.CommandsBus!).EntityPath));
        }
    }

    [Fact]
    public async Task No_later_run_changes_a_key()
    {
        Assert.Equal(0, (await _folder.RunAsync(Hook, Now)).Exit);
        var first = _folder.Vault;
        for (var i = 0; i < 3; i++)
        {
            _folder.Forget();
            Assert.Equal(0, (await _folder.RunAsync(Hook, Now)).Exit);
            Assert.Equal(first, _folder.Vault);
            Assert.DoesNotContain(_folder.Calls, c => c.Contains("secret set", StringComparison.Ordinal));
        }

        // The control: one that is gone is made.
        File.Delete(_folder.At("stand-in/vault/viewer-key"));
        Assert.Equal(0, (await _folder.RunAsync(Hook, Now)).Exit);
        Assert.NotEqual(first["viewer-key"], _folder.Vault["viewer-key"]);
        Assert.Equal(first["operator-key"], _folder.Vault["operator-key"]);
    }

    [Theory]
    [InlineData("ERROR: (Forbidden) Operation get is not allowed on a disabled secret.")]
    [InlineData("ERROR: (Unauthorized) AKV10032: Invalid issuer.")]
    [InlineData("ERROR: something that nobody has thought of")]
    [InlineData("")]
    public async Task In_doubt_whether_a_key_is_there_none_is_made(string words)
    {
        _folder.Refuse("secret show --vault-name kv-test --name viewer-key", 1, words);
        var run = await _folder.RunAsync(Hook, Now);
        Assert.Equal(1, run.Exit);
        Assert.Contains("could not be asked for secret viewer-key, so that no key was made", run.Error, StringComparison.Ordinal);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        AssertNothingDone();
    }

    [Fact]
    public async Task A_right_that_is_not_everywhere_yet_is_waited_for()
    {
        _folder.Refuse("secret show", 3, "ERROR: (Forbidden) Caller is not authorized to perform action on resource. Inner error: { code: ForbiddenByRbac }");
        var run = await _folder.RunAsync(Hook, Now);
        Assert.Equal(0, run.Exit);
        Assert.Equal(3, _folder.Calls.Count(c => c == "sleep 15"));
        Assert.Equal(3, _folder.Vault.Count);
    }

    [Fact]
    public async Task A_right_that_never_comes_is_told_and_nothing_is_made()
    {
        _folder.Refuse("secret show", 1000, "ERROR: (Forbidden) ForbiddenByRbac");
        var run = await _folder.RunAsync(Hook, Now);
        Assert.Equal(1, run.Exit);
        Assert.Contains("ForbiddenByRbac", run.Error, StringComparison.Ordinal);
        Assert.Equal(39, _folder.Calls.Count(c => c == "sleep 15"));
        AssertNothingDone();
    }

    [Fact]
    public async Task One_that_was_cut_between_two_keys_goes_on_there()
    {
        _folder.Refuse("secret set --vault-name kv-test --name operator-key", 1, "ERROR: (Conflict) Secret operator-key is currently in a deleted but recoverable state");
        var cut = await _folder.RunAsync(Hook, Now);
        Assert.Equal(1, cut.Exit);
        Assert.Contains("secret operator-key could not be stored in vault kv-test", cut.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At(".azure")));
        Assert.Empty(_folder.Left);
        var stored = Assert.Single(_folder.Vault);

        Assert.Equal(0, (await _folder.RunAsync(Hook, Now)).Exit);
        Assert.Equal(stored.Value, _folder.Vault[stored.Key]);
        Assert.Equal(3, _folder.Vault.Count);
    }

    [Fact]
    public async Task Agents_files_are_written_all_or_none()
    {
        Assert.Equal(0, (await _folder.RunAsync(Hook, Now)).Exit);
        var before = File.ReadAllText(_folder.At(".azure/test/agents/host-1.json"));
        _folder.Set("BUS_KEY", "secondary");
        _folder.Refuse("--queue-name commands-host-2", 1, "ERROR: (MessagingGatewayNotFoundStatusCode)");

        var run = await _folder.RunAsync(Hook, Now);
        Assert.Equal(1, run.Exit);
        Assert.Contains("rule agent-listen of queue commands-host-2 could not be read, so that no agent's file was written", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder.At(".azure/test/agents/host-1.json")));
        Assert.Empty(_folder.Left);

        Assert.Equal(0, (await _folder.RunAsync(Hook, Now)).Exit);
        Assert.NotEqual(before, File.ReadAllText(_folder.At(".azure/test/agents/host-1.json")));
    }

    [Fact]
    public async Task An_app_that_could_not_be_told_is_a_warning_and_a_secret_without_a_value_too()
    {
        _folder.Refuse("az rest", 1, "ERROR: Not Found");
        _folder.Set("SECRET_SETTINGS", "ALERT_TEAMS_URL");
        var run = await _folder.RunAsync(Hook, Now);
        Assert.Equal(0, run.Exit);
        Assert.Contains("warning: app func-test was not told", run.Output, StringComparison.Ordinal);
        Assert.Contains("warning: ALERT_TEAMS_URL has no value yet: az keyvault secret set --vault-name kv-test --name alert-teams-url --file FILE", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MONITOR_URL", "", "MONITOR_URL is not set")]
    [InlineData("BUS_KEY", "both", "BUS_KEY is 'both': it has to be primary or secondary")]
    [InlineData("AGENT_IDS", "host-1,Host", "AGENT_IDS has 'Host'")]
    public async Task What_is_wrong_is_told_before_anything_is_asked(string variable, string value, string sentence)
    {
        _folder.Set(variable, value);
        var run = await _folder.RunAsync(Hook, Now);
        Assert.Equal(1, run.Exit);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Calls);
    }

    private void AssertNothingDone()
    {
        Assert.Empty(_folder.Vault);
        Assert.DoesNotContain(_folder.Calls, c => c.Contains("secret set", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.At(".azure")));
        Assert.Empty(_folder.Left);
    }
}
