namespace MoneroCloud.Agent;

/// <summary>What the enrolment's file says.</summary>
internal abstract record EnrolmentRead
{
    private EnrolmentRead()
    {
    }

    /// <summary>There is no such file: the agent belongs to no monitor.</summary>
    public sealed record None : EnrolmentRead;

    public sealed record Enrolled(Enrolment Enrolment) : EnrolmentRead;

    /// <param name="Problem">With the file's name, without a secret.</param>
    public sealed record Refused(string Problem) : EnrolmentRead;
}
