using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>Why a process was stopped or restarted. What its node looked like at that moment stands beside it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ByOrder), "order")]
[JsonDerivedType(typeof(ByDiagnosis), "diagnosis")]
[JsonDerivedType(typeof(ByExit), "exit")]
[JsonDerivedType(typeof(ByReload), "reload")]
[JsonDerivedType(typeof(ByLeave), "leave")]
public abstract record RestartReason
{
    private RestartReason()
    {
    }

    /// <param name="Verb">start, stop, restart, enable or disable.</param>
    /// <param name="By">Who ordered it.</param>
    public sealed record ByOrder(string Verb, string By) : RestartReason;

    /// <summary>The agent itself, because of the condition.</summary>
    public sealed record ByDiagnosis : RestartReason;

    /// <summary>The process ended by itself, or somebody else ended it.</summary>
    /// <param name="Text">How, as far as it is known.</param>
    public sealed record ByExit(string Text) : RestartReason;

    /// <summary>Its configuration changed.</summary>
    public sealed record ByReload : RestartReason;

    /// <summary>The agent goes down and takes its nodes along, or the node left the configuration.</summary>
    public sealed record ByLeave : RestartReason;
}
