namespace MoneroCloud.Functions;

/// <summary>One sentence instead of a page.</summary>
public sealed record NoticeModel(string Text);
