namespace MoneroCloud.Tests;

/// <summary>A monitor that leaves out one of its checks: what the tests have to notice.</summary>
internal enum Defect
{
    None,

    /// <summary>It does not look at signatures: whatever a message says of its agent, it is as if that agent had signed it.</summary>
    BelievesAnySignature,

    /// <summary>It knows a key that is nobody's.</summary>
    KnowsTheStranger,

    /// <summary>It never forgets a key.</summary>
    KeepsOldKeys,

    /// <summary>It does not remember how far an agent has told it.</summary>
    ForgetsNumbers,
}
