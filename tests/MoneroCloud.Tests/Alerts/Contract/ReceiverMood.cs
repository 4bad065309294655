namespace MoneroCloud.Tests.Alerts;

/// <summary>What the receiving end of a channel does with the next messages.</summary>
internal enum ReceiverMood
{
    Takes,

    /// <summary>Not now; where the channel can, it says for how long.</summary>
    AsksToWait,

    Refuses,

    /// <summary>It reads all of it, and the connection ends without an answer.</summary>
    EndsWithoutAnswer,

    /// <summary>It reads all of it and never says a word.</summary>
    KeepsSilent,

    /// <summary>It takes it, and repeats every secret of the channel in its answer.</summary>
    TakesAndRepeatsSecrets,

    /// <summary>It refuses it, and repeats every secret of the channel in its answer.</summary>
    RefusesAndRepeatsSecrets,
}
