@RegisterService(«1!4»name = "«name»",«1:4»description =«2:8»"«description»",«1:4»category = "«category»",«1:4»creditCost = "«cost»")
