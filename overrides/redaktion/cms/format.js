import{a,b}from"./chunk-ZA65BA2H.js";export{a as read,b as write};
