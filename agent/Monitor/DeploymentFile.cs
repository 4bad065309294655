using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary>Reads the file of <c>enroll --file</c>, which holds two keys of the bus: of mode 0600, and whole.</summary>
internal static class DeploymentFile
{
    private const int MaxBytes = 64 * 1024;

    /// <param name="path">As given.</param>
    /// <param name="problem">With the file's name, without a key; null when it is returned. What stands in its members is judged with the enrolment.</param>
    public static DeploymentDocument? Read(string path, out string? problem)
    {
        var file = Path.GetFullPath(path);
        var content = RegularFile.Read(file, MaxBytes, out problem);
        problem ??= PrivateFileMode.Problem(file);
        if (problem is not null)
        {
            problem = $"--file: {file} {problem}";
            return null;
        }

        try
        {
            var document = JsonSerializer.Deserialize(content, LinkJson.Default.DeploymentDocument);
            problem = Missing(document) is { } missing ? $"--file: {file} has no {missing}: it is not the file that the deployment wrote for an agent" : null;
            return problem is null ? document : null;
        }
        catch (JsonException)
        {
            // Without the parser's words, which may quote a key.
            problem = $"--file: {file} is not the JSON that the deployment wrote for an agent";
            return null;
        }
    }

    private static string? Missing(DeploymentDocument? document) =>
        document?.Agent is null ? "agent"
        : document.MonitorUrl is null ? "monitor_url"
        : document.ReportsQueue is null ? "reports_queue"
        : document.CommandsQueue is null ? "commands_queue"
        : document.ReportsBus is null ? "reports_bus"
        : document.CommandsBus is null ? "commands_bus"
        : null;
}
