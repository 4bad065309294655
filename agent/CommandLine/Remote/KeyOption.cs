using System.CommandLine;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>--key</c> is refused wherever it stands: a key on a command line can be read by everybody on the machine, and must not be repeated in an error.</summary>
internal static class KeyOption
{
    private const string Name = "--key";

    public static string Refusal { get; } =
        $"a key is not taken from the command line, where everybody on this machine can read it: --key-file FILE, or the variable {Names.KeyVariable}; regard the one just given as known to others";

    public static Option<string?> Build() => new(Name) { Hidden = true, Recursive = true, Arity = ArgumentArity.ZeroOrOne };

    public static bool IsIn(ParseResult parsed) => parsed.GetResult(Name) is { } || parsed.Tokens.Any(token => token.Value == Name);
}
