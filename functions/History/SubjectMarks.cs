using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a history says beside changes of health, oldest first: when an agent was silent, when the monitor did not run, when it was in doubt.</summary>
internal sealed record SubjectMarks(ImmutableArray<Transition> Silences, ImmutableArray<Transition> Gaps, ImmutableArray<Transition> Doubts);
