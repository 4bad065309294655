namespace MoneroCloud.Functions;

/// <summary>What became of a message that came for a queue.</summary>
internal enum QueueAdmission
{
    Stored,

    /// <summary>Its id was seen within the window: accepted, and dropped.</summary>
    Duplicate,

    /// <summary>The queue is at its bound.</summary>
    Full,
}
