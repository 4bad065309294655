namespace MoneroCloud.Functions;

/// <summary>What became of one node's part of a report.</summary>
internal enum Taken
{
    /// <summary>All of it is stored.</summary>
    Whole,

    /// <summary>A declared node of which nothing is stored, and the report had no room for what it is: its events have to come again.</summary>
    NotYet,

    /// <summary>Too many races were lost: the report has to come again.</summary>
    LostRaces,

    /// <summary>It does not fit into its rows, and never will.</summary>
    TooLarge,
}
