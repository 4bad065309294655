using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>What an operator wants of a node; journalled, so it survives restart and reboot.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Running), "running")]
[JsonDerivedType(typeof(Stopped), "stopped")]
public abstract record DesiredState
{
    private DesiredState()
    {
    }

    public sealed record Running : DesiredState;

    /// <param name="By">The operator's account, for the explanation.</param>
    /// <param name="At">When the order was given.</param>
    public sealed record Stopped(string By, DateTimeOffset At) : DesiredState;
}
