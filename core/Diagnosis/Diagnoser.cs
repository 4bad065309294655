namespace MoneroCloud.Core;

/// <summary>placeholder for crefs until the table lands</summary>
public static class Diagnoser;
