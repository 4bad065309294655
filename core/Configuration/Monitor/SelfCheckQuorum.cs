namespace MoneroCloud.Core;

/// <summary>How many self-check targets have to fail before the monitor doubts itself.</summary>
internal enum SelfCheckQuorum
{
    All,

    /// <summary>More than half of them.</summary>
    Most,
}
