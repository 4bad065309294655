using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ManPageTests
{
    private const string Page = "packaging/monerocloud.1";

    [Fact]
    public void The_page_names_every_command_and_option_of_the_program() => GeneratedFile.IsUpToDate(
        Page,
        ManPage.Of(CommandLineRoot.Build(CommandShell.System()), File.ReadAllText(GeneratedFile.At(Page + ".in"))));
}
