using MoneroCloud.Agent;

return await CommandLineRoot.RunAsync(args);
