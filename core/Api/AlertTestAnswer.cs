namespace MoneroCloud.Core;

/// <summary>A test alert that is stored and on its way.</summary>
/// <param name="Alert">Its id, by which <c>GET /api/alerts</c> tells what became of it.</param>
/// <param name="Subject">Whom it is about: <c>monitor</c>.</param>
/// <param name="Channel">The one over which it goes.</param>
public sealed record AlertTestAnswer(string Alert, string Subject, string Channel);
