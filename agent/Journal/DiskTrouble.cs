namespace MoneroCloud.Agent;

/// <summary>
/// That the disk refuses a file of the state folder: told once when it begins and once when it is over. A full disk stops nobody from
/// supervising. Used under the lock of the file's owner.
/// </summary>
/// <param name="file">Its name.</param>
/// <param name="afterwards">What is to be said of the file once it is written again.</param>
internal sealed class DiskTrouble(string file, string afterwards)
{
    /// <summary>Raised with a line for the agent's log, on the writer's thread.</summary>
    public event Action<string>? Told;

    public bool IsThere { get; private set; }

    public void Begin(string what, Exception refusal)
    {
        if (!IsThere)
        {
            IsThere = true;
            Told?.Invoke($"{file} cannot be {what}: {refusal.Message}; the agent goes on supervising without it");
        }
    }

    public void End()
    {
        if (IsThere)
        {
            IsThere = false;
            Told?.Invoke($"{file} is written again{afterwards}");
        }
    }
}
