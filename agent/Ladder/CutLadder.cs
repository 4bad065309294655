namespace MoneroCloud.Agent;

/// <summary>What is to be done with a ladder in the middle of which the agent before was ended: <see cref="CutLadders"/>.</summary>
internal enum CutLadder
{
    /// <summary>Its process has not been told to end: it is left alone.</summary>
    Interrupted,

    /// <summary>Its process lives and has been told to end: it is ended anew, with a whole budget, and started.</summary>
    EndAnew,

    /// <summary>Its process lives, and none is to run: the stop that comes anyway goes on with it.</summary>
    StopAnew,

    /// <summary>Its process is gone: what follows goes on with it.</summary>
    Gone,

    /// <summary>Its process is gone, and so is the one that was started then.</summary>
    BothGone,
}
