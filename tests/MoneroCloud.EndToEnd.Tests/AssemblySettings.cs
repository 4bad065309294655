using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage("Design", "CA1031", Justification = "Tests assert on whatever is thrown.", Scope = "module")]
