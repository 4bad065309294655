namespace MoneroCloud.Core;

/// <summary>placeholder for crefs until the machine lands</summary>
public static class HealthMachine;
