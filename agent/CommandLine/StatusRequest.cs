using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What <c>status</c> was asked.</summary>
internal sealed record StatusRequest(string? Config, string? Node, CheckMethod Method, bool Json, bool Strict, bool Save)
{
    public ControlClient Client() => ConfigLocation.Client(Config);
}
